import { readConfig } from './config.js';
import { startProduct } from './start-product.js';
import { explainStartFailure } from './start-failure.js';

/** The process that `npm start` runs. */
try {
  const config = readConfig(process.env);
  const product = await startProduct(config, { print: console.log });
  const stop = async (): Promise<void> => {
    await product.stop();
    process.exit(0);
  };
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void (stopping ??= stop()));
  }
} catch (error) {
  console.error(explainStartFailure(error));
  process.exit(1);
}
