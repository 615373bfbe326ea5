export { KINDS as ADMISSION_RULES } from './kinds';
