// The server as it is, but that no request is recorded.

import { run } from '../../src/commands/program.ts'
import { Recorder } from '../../src/provision/log/recorder.ts'

Recorder.prototype.record = () => {}
await run([process.execPath, 'gatehouse', 'serve'], process.env)
