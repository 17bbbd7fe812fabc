import { walkPages } from './walk-pages.js';

walkPages('en', { desktop: 'light', phone: 'dark' });
