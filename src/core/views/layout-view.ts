import type { FlashView, FrameView } from '../frame.js';
import type { Theme } from '../viewer.js';

/** What the layout of signed-in pages shows; `body` is the rendered page. */
export interface ApplicationLayoutView {
  readonly frame: FrameView;
  readonly title: string;
  readonly body: string;
}

/** What the layout of pages behind personal links shows. */
export interface PersonalLayoutView {
  readonly title: string;
  readonly body: string;
  readonly businessName: string;
  /** The same page in the other language. */
  readonly otherLanguageHref: string;
}

/** What the layout of sign-in and plain error pages shows. */
export interface PlainLayoutView {
  readonly title: string;
  readonly body: string;
  readonly theme: Theme;
  readonly flash: FlashView | undefined;
}
