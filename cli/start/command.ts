#!/usr/bin/env node
import { compileLess } from '../engine-flags';
import { Bundle, BUNDLE_FILE } from './bundle-file';
import { CompiledCode } from './compiled-code';
import { purposeOf } from './purpose';

compileLess();
const code = new CompiledCode({ file: BUNDLE_FILE, id: BUNDLE_ID, purpose: purposeOf(process.argv.slice(2)) });
process.on('exit', (status) => code.keep(status));
void code.load<Bundle>().command.runInProcess();
