import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Stopwatch } from '../../../src/core/tabular/stopwatch.js';

describe('R1.8 the time that reading a file may take', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('adds up over the times in which it runs, and only those', () => {
    const onOver = vi.fn();
    const stopwatch = new Stopwatch(10, onOver);
    for (let round = 0; round < 3; round += 1) {
      stopwatch.start();
      vi.advanceTimersByTime(3_000);
      stopwatch.stop();
      vi.advanceTimersByTime(3_600_000);
    }
    expect(onOver).not.toHaveBeenCalled();
    expect(stopwatch.isOver).toBe(false);
    stopwatch.start();
    vi.advanceTimersByTime(1_000);
    expect(onOver).toHaveBeenCalledOnce();
    expect(stopwatch.isOver).toBe(true);
  });

  it('may be stopped twice and after its end', () => {
    const onOver = vi.fn();
    const stopwatch = new Stopwatch(1, onOver);
    stopwatch.stop();
    stopwatch.start();
    vi.advanceTimersByTime(5_000);
    stopwatch.stop();
    stopwatch.stop();
    expect(onOver).toHaveBeenCalledOnce();
    expect(stopwatch.isOver).toBe(true);
  });
});
