import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { ProgressView } from '../../core/views/progress-view.js';
import type { SectionView } from '../admin/admin-pages.js';

/** A page of settings that deadlines depend on: tables, and how far open requests have been counted anew. */
export interface DeadlineSettingsView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly progress: ProgressView | undefined;
  readonly sections: readonly SectionView[];
}
