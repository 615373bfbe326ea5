export { Input, InputFault } from './input';
export { Locator, Place } from './locate';
export { parseManifests } from './parse';
export { InputWorld, readManifests, STDIN, STDIN_NAME } from './files';
