// Loaded by node before the Kinesis stand-in, which has no settings for either of these.
'use strict';
const net = require('node:net');

// It asks for every interface; give it the loopback one only.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (options, ...rest) {
  const onLoopback = typeof options === 'object' && options !== null && 'port' in options
    ? { ...options, host: '127.0.0.1' }
    : options;
  if (typeof onLoopback === 'number') {
    return listen.call(this, { port: onLoopback, host: '127.0.0.1' }, ...rest.filter((it) => typeof it === 'function'));
  }
  return listen.call(this, onLoopback, ...rest);
};

// The runner holds the other end of standard input: when even a killed runner is gone, so is this process.
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
