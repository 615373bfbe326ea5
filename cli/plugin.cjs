// What `validations:` in cdk8s.yaml names as its package.
require('./typescript.cjs');
module.exports = require('../review/plugin');
