import { openStage } from '../browser/stage.ts';
import { setScene } from '../browser/scene.ts';
import { fillBridge } from './web/crowd.ts';
import { controlFigures } from './web/control.ts';
import { hostFigures } from './web/host.ts';
import { treeFigures } from './web/tree.ts';

/**
 * What the pages take, in Chromium on the real server: a host's first screens and a name among 5,000, a tree of 40,000 bridges,
 * the control room after an hour of the nation's figures.
 *
 *   npm run bench:web
 */
const PEOPLE = 5000;

const stage = await openStage({ checkAnswers: false });
const figures: Record<string, number> = {};
try {
  const scene = await setScene(stage.server);
  const names = await fillBridge(stage.server, scene, PEOPLE);
  Object.assign(figures, await hostFigures(stage, scene, names));
  Object.assign(figures, await treeFigures(stage, scene));
  Object.assign(figures, await controlFigures(stage, scene));
} finally {
  await stage.close();
}
console.log(JSON.stringify(figures));
