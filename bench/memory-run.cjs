// Says at the end of a process how much memory it took at the most.
process.on('exit', () => process.stderr.write(`most memory: ${process.resourceUsage().maxRSS}\n`));
