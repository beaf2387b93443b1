// Node.js loads this into tap and into each test file that tap starts (--import), before tap's own loader, which is then left out.
// That one compiles with TypeScript whatever a file imports. It took 0.4 to 3 s of processor time a file, and this takes 0.1.
import { register } from 'node:module';

if (process.env.TAP === '1') {
  process.env.TAP_TYPE_STRIP_ONLY = '1';
  // What the tests start has its own files.
  delete process.env.NODE_OPTIONS;
  register('./hooks.js', import.meta.url);
}
