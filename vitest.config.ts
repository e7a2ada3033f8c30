import { defineConfig } from 'vitest/config';
import { testProjects } from './tools/testing/projects.ts';

export default defineConfig({
  test: {
    projects: testProjects.map(
      ({ name, include, exclude, testTimeout, serial, globalSetup, setupFiles }) => ({
        test: {
          name,
          include,
          exclude: [...exclude, '**/node_modules/**', '**/build/**'],
          testTimeout,
          hookTimeout: testTimeout,
          fileParallelism: !serial,
          environment: 'node' as const,
          globalSetup,
          setupFiles,
        },
      }),
    ),
  },
});
