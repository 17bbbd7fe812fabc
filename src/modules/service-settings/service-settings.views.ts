import type { ViewerContext } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { can } from '../../core/viewer.js';
import { pageHeader } from '../admin/admin-pages.js';
import { settingPages } from './setting-pages.js';

export interface SettingCardView {
  readonly href: string;
  readonly icon: string;
  readonly title: string;
  readonly description: string;
}

export interface ServiceSettingsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly cards: readonly SettingCardView[];
}

/** The index of the settings of service that the viewer may open. */
export function serviceSettingsView({ t, viewer }: ViewerContext): ServiceSettingsView {
  const title = t('serviceSettings.title');
  return {
    title,
    header: pageHeader(title, { subtitle: t('serviceSettings.subtitle') }),
    cards: settingPages
      .filter(({ permission }) => can(viewer, permission))
      .map((page) => ({
        href: page.href,
        icon: page.icon,
        title: t(page.title),
        description: t(page.description),
      })),
  };
}
