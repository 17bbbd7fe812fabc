/** Keys of the roles that the product ships. */
export type RoleKey = 'administrator' | 'manager' | 'agent' | 'account' | 'auditor';

/** Who works where: user name, name, role. Those who left can no longer sign in. */
export interface RosterLine {
  readonly username: string;
  readonly name: string;
  readonly role: RoleKey;
  readonly hasLeft?: true;
}

/** The staff of each branch, by the city. */
export const branchRoster: Readonly<Record<string, readonly RosterLine[]>> = {
  上海: [
    { username: 'manager', name: '林佳怡', role: 'manager' },
    { username: 'agent', name: 'Emma Clarke', role: 'agent' },
    { username: 'account', name: '陈思远', role: 'account' },
    { username: 'zhou.yuting', name: '周雨婷', role: 'agent' },
    { username: 'jack.xu', name: '徐杰 Jack', role: 'agent' },
    { username: 'shen.wenjing', name: '沈文静', role: 'agent' },
    { username: 'gu.mingyue', name: '顾明月', role: 'account' },
    { username: 'lucas.martin', name: 'Lucas Martin', role: 'account' },
    { username: 'tang.xin', name: '唐欣', role: 'agent' },
    { username: 'qian.weimin', name: '钱伟民', role: 'agent', hasLeft: true },
  ],
  北京: [
    { username: 'zhao.lei', name: '赵磊', role: 'manager' },
    { username: 'sun.xiaoyu', name: '孙晓宇', role: 'agent' },
    { username: 'ma.lina', name: '马丽娜', role: 'agent' },
    { username: 'olivia.wang', name: '王嘉宁 Olivia', role: 'agent' },
    { username: 'dong.hao', name: '董浩', role: 'agent' },
    { username: 'liu.jingyi', name: '刘静怡', role: 'account' },
    { username: 'daniel.reed', name: 'Daniel Reed', role: 'account' },
    { username: 'han.xue', name: '韩雪莹', role: 'account' },
  ],
  广州: [
    { username: 'huang.jianfeng', name: '黄剑锋', role: 'manager' },
    { username: 'liang.yongshi', name: '梁咏诗', role: 'agent' },
    { username: 'ou.zhixian', name: '区志贤', role: 'agent' },
    { username: 'grace.lee', name: 'Grace Lee', role: 'agent' },
    { username: 'mai.zihan', name: '麦子涵', role: 'account' },
    { username: 'feng.yaqi', name: '冯雅琪', role: 'account' },
    { username: 'luo.junjie', name: '罗俊杰', role: 'account', hasLeft: true },
  ],
  成都: [
    { username: 'deng.chunyan', name: '邓春燕', role: 'manager' },
    { username: 'yang.keke', name: '杨可可', role: 'agent' },
    { username: 'he.chuan', name: '何川', role: 'agent' },
    { username: 'tan.minmin', name: '谭敏敏', role: 'agent' },
    { username: 'jiang.yue', name: '蒋悦', role: 'account' },
    { username: 'xiao.peng', name: '肖鹏', role: 'account' },
  ],
  杭州: [
    { username: 'ye.qing', name: '叶青', role: 'manager' },
    { username: 'fang.ruolin', name: '方若琳', role: 'agent' },
    { username: 'chloe.baker', name: 'Chloe Baker', role: 'agent' },
    { username: 'yu.haiyang', name: '俞海洋', role: 'agent' },
    { username: 'lou.xiaotong', name: '楼晓彤', role: 'account' },
  ],
};

/** Those who belong to no branch. */
export const headOffice: readonly RosterLine[] = [
  { username: 'admin', name: '周敏', role: 'administrator' },
  { username: 'auditor', name: '何志强', role: 'auditor' },
  { username: 'xie.anna', name: '谢安娜 Anna', role: 'manager' },
  { username: 'peng.tao', name: '彭涛', role: 'administrator' },
];
