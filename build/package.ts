import path from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { root } from './files.ts';
import { electronDistribution } from './package/distribution.ts';
import { fuses } from './package/fuses.ts';
import { stageApp } from './package/stage-app.ts';

const output = path.join(root, 'dist/package');
const app = path.join(output, 'app');
const distribution = electronDistribution(path.join(output, 'stand-in'));

stageApp(app, { platform: 'linux', arch: 'x64' });
await build({
  targets: Platform.LINUX.createTarget('dir', Arch.x64),
  projectDir: root,
  publish: 'never',
  config: {
    appId: 'org.comptoir.till',
    productName: 'Comptoir',
    executableName: 'comptoir',
    directories: { app, output, buildResources: path.join(root, 'resources/icons') },
    electronDist: distribution.folder,
    electronVersion: distribution.version,
    npmRebuild: false,
    asar: true,
    asarUnpack: ['**/*.node'],
    files: ['**/*'],
    electronFuses: fuses,
    linux: { icon: path.join(root, 'resources/icons/app.png'), category: 'Office' },
  },
});

console.log(
  `dist/package/linux-unpacked${distribution.isStandIn ? ' (on a stand-in for Electron: nothing in it runs)' : ''}`,
);
