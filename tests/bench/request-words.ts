/**
 * What requests are about. The front of each list is drawn most, so that some words are in every tenth subject and others in
 * one of thousands.
 */
export const requestWords = {
  things:
    words(`染发 预约 洗护 储值卡 美容仪 按摩 美甲 烫发 护理套餐 会员卡 优惠券 洗车 保养 空调 热水器 疗程 面膜 精油 头皮检测 发票
    积分 车位 储物柜 毛巾 拖鞋 茶点 钥匙 耳环 手机 雨伞 外套 充电器 样品 礼盒 门禁 网络 电梯 停车券 体验卡 宠物洗护 宠物寄养
    猫砂盆 项圈 轮胎 刹车片 雨刷 机油 座椅 玻璃 漆面 地毯 窗帘 沙发 油烟机 洗衣机 冰箱 净水器 滤芯 水管 灯具 插座 门锁
    刘海 发尾 接发 睫毛 眉形 唇膜 颈椎 肩膀 足疗 刮痧 拔罐 艾灸 光子嫩肤 水光针 皮肤过敏 色号 显色剂 护发素 造型 婚礼妆`),
  troubles:
    words(`想咨询 需要改期 没有效果 价格不对 等待太久 希望退款 请尽快联系 出现故障 少了一件 态度不好 要求重做 无法使用 什么时候好
    想了解流程 付款失败 重复扣款 短信没收到 颜色不满意 有异响 漏水 过期了 找不到 被取消了 要加急 想换人 迟到了 弄脏了 划伤了
    不够干净 温度太低 温度太高 说明不清 发错了 没有座位 联系不上 需要上门 想续卡 转让手续 想升级 打不开 不制冷 有气味 褪色
    断裂 松动 起泡 红肿 疼痛 掉色 开胶 生锈 卡住 不通电 缺零件 需要安装 想试用 想投诉 要求赔偿 感谢店员`),
  englishThings:
    words(`appointment refund invoice massage haircut membership voucher car-wash tyre treatment colour parking-permit
    gift-box locker towel receipt booking grooming kennel filter heater boiler sofa curtain carpet wiper brake battery windscreen
    facial manicure pedicure eyelash eyebrow shampoo conditioner allergy sample keyring umbrella charger`),
  englishTroubles:
    words(`rescheduling question delay missing damaged wrong-amount cancelled not-working too-late no-answer leaking noisy
    stained expired double-charge unfriendly redo upgrade transfer home-visit installation complaint compensation thanks broken
    loose rusty faded swollen overheated`),
  details:
    words(`上周已经反映过一次。 请安排有经验的师傅。 客人今天下午四点以后方便接电话。 已经拍了照片，稍后发来。 第一次遇到这种情况。
    希望本周内解决。 单子在前台。 和上次是同一位技师。 费用已经付清。 客人情绪比较急。 可以先电话沟通。 家里有老人，请提前通知。
    The-customer-prefers-e-mail. Photos-will-follow. Please-call-after-six. It-happened-twice-already. Paid-in-full-at-the-desk.`),
} as const;

/** Between words stands white space; within one, a hyphen stands for a space in English. */
function words(text: string): readonly string[] {
  return text.split(/\s+/).map((word) => word.replaceAll('-', ' '));
}
