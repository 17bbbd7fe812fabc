import { readConfig } from '../config.js';
import { fillDemo } from '../modules/demo/demo.service.js';
import { requireLoopback } from '../modules/demo/loopback.js';
import { signInLines } from '../modules/demo/sign-ins.js';
import { explainStartFailure } from '../start-failure.js';
import { startProduct } from '../start-product.js';

/** The process that `npm run demo` runs: the product with a made-up company, for this machine alone. */
try {
  const config = readConfig({ ...process.env, DATA_DIR: process.env.DATA_DIR || './demo-data' });
  requireLoopback(config.host);
  const product = await startProduct(config, {
    print: console.log,
    fill: async (deps) => {
      await fillDemo(deps);
      for (const line of signInLines(deps.keys)) console.log(line);
    },
  });
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
