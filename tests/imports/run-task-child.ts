import { readConfig } from '../../src/config.js';
import { runTask } from '../../src/core/background-tasks.js';
import { openDependencies } from '../../src/core/dependencies.js';
import { taskDefinitions } from '../../src/jobs.js';

/** Works one background task in a process of its own, which a test may kill: `run-task-child.ts <task id>`. */
const config = readConfig(process.env);
const deps = openDependencies(config, config.databaseUrl ?? '', {
  jobs: { wake: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() },
});
await runTask(deps, taskDefinitions, process.argv[2] ?? '');
await deps.close();
process.disconnect();
