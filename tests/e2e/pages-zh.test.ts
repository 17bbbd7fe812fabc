import { walkPages } from './walk-pages.js';

walkPages('zh-CN', { desktop: 'dark', phone: 'light' });
