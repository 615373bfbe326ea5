import { refusal, Way } from './fault-trial';
import { withFileCalls } from './file-calls';
import { ReplacedFolder } from './replaced-folder';

/** Writes the new output of a trial's folder, and dies at a call of the file system: `PARENT WAY CALL`. */
const [, , parent = '', way = '', call = ''] = process.argv;
const folder = new ReplacedFolder(parent);
const refuse = refusal(way as Way, folder.outdir);
withFileCalls(
  (number, name, args) => {
    if (number !== Number(call)) return refuse(number, name, args);
    console.log(name);
    process.kill(process.pid, 'SIGKILL');
  },
  () => folder.synth('new'),
);
