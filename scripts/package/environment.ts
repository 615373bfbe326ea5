/** The environment without what belongs to this project's own run of npm. */
export function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([key]) => !/^(npm_(package|lifecycle)_|TS_NODE_|INIT_CWD$|CDK8S_)/.test(key),
  );
  return Object.fromEntries(own);
}
