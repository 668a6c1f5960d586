// Tests that run a program which npm does not install.
import {spawnSync} from 'node:child_process';

/**
 * Options of a test or suite that runs a program. Without the program it is skipped, with a warning; in CI it fails.
 * @param {string} command
 * @param {string} [debianPackage]
 */
export function needs(command, debianPackage = command) {
  if (process.env.CI || spawnSync(command, ['--version']).status === 0) return {};
  console.warn(`WARNING: No ${command} found, so the tests that need it do not run. Install ${debianPackage}.`);
  return {skip: `${command} is not installed`};
}
