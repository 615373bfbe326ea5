#!/usr/bin/env node
import { compileLess } from '../engine-flags';
import { Bundle, BUNDLE_FILE } from './bundle-file';
import { CompiledCode } from './compiled-code';

/** What is done so often that it is kept compiled, each by itself: a process reads no more than it needs. */
const COMMANDS = ['check', 'inventory', 'diff', 'import', 'explain', 'rules'];

const [command = '', ...others] = process.argv.slice(2);
const isDone = COMMANDS.includes(command) && !others.some((word) => word === '--help' || word === '-h');
compileLess();
const code = new CompiledCode({ file: BUNDLE_FILE, id: BUNDLE_ID, purpose: isDone ? command : 'help' });
// What fails has compiled too little of what the command needs.
process.on('exit', (status) => status < 2 && code.keep());
void code.load<Bundle>().command.runInProcess();
