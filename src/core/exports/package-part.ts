import { once } from 'node:events';
import { PassThrough } from 'node:stream';

const chunkLength = 64 * 1024;
const bufferedBytes = 256 * 1024;

/** Text as exceljs hands it over: plain, or in a buffer that it uses again at once. */
type Piece = string | { toBuffer(): Buffer };

/**
 * One part of a workbook's archive while it is written. exceljs brings a stream of its own for this, which takes
 * everything and keeps what does not go out; this one says when it is full and lets the writer wait.
 */
export class PackagePart {
  /** What the archive reads. */
  readonly content = new PassThrough({ highWaterMark: bufferedBytes });
  private pending = '';

  /** True when nothing more should be written before `drained`. */
  get isFull(): boolean {
    return this.content.writableNeedDrain;
  }

  write(piece: Piece): void {
    this.pending += typeof piece === 'string' ? piece : piece.toBuffer().toString('utf8');
    if (this.pending.length >= chunkLength) this.flush();
  }

  /**
   * Waits until there is room again.
   * @throws AbortError when `signal` says that nobody reads any more.
   */
  async drained(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.isFull) await once(this.content, 'drain', { signal });
  }

  end(): void {
    this.flush();
    this.content.end();
  }

  /** Asked for by exceljs; there is nothing to pause. */
  pause(): void {
    this.flush();
  }

  private flush(): void {
    if (this.pending !== '') this.content.write(this.pending);
    this.pending = '';
  }
}
