#!/usr/bin/env node
import { runInProcess } from './main';

runInProcess();
