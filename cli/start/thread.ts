import { Bundle, BUNDLE_FILE } from './bundle-file';
import { CompiledCode } from './compiled-code';

// What a thread runs of a check is a part of what the command runs of it, which keeps it.
new CompiledCode({ file: BUNDLE_FILE, id: BUNDLE_ID, purpose: 'check' }).load<Bundle>().thread.work();
