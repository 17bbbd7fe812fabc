import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { qrCodeImage } from './qr-code.js';

/** A personal link that was just made, shown once. */
export interface HandedOverView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly explanation: string;
  readonly address: string;
  /** An image's address. */
  readonly qrCode: string;
  readonly backHref: string;
  readonly backLabel: string;
}

type Handing = Omit<HandedOverView, 'header' | 'qrCode'>;

/** The page that staff copy a link from, or let the customer scan it. */
export function handedOverView(handing: Handing): HandedOverView {
  const { title, backHref, backLabel } = handing;
  return {
    ...handing,
    header: { title, count: '', subtitle: '', trail: [{ label: backLabel, href: backHref }], actions: [] },
    qrCode: qrCodeImage(handing.address),
  };
}
