import { apronDetail, apronFront } from './objects/aprons.ts';
import { basketDetail, basketFront } from './objects/baskets.ts';
import { boardDetail, boardFront, knifeDetail, knifeFront } from './objects/boards-and-knives.ts';
import { handWashDetail, handWashFront } from './objects/bottles.ts';
import { brushDetail, brushFront } from './objects/brushes.ts';
import { candleDetail, candleFront, tapersDetail, tapersFront } from './objects/candles.ts';
import { clockDetail, clockFront } from './objects/clocks.ts';
import { mugDetail, mugFront, teapotDetail, teapotFront } from './objects/cups.ts';
import { beddingDetail, beddingFront, cushionDetail, cushionFront } from './objects/cushions.ts';
import { diffuserDetail, diffuserFront } from './objects/diffusers.ts';
import { bowlDetail, bowlFront, platesDetail, platesFront } from './objects/dishes.ts';
import { carafeDetail, carafeFront, tumblersDetail, tumblersFront } from './objects/glassware.ts';
import { saltsDetail, saltsFront } from './objects/jars.ts';
import { crockDetail, crockFront, millDetail, millFront } from './objects/kitchen-tools.ts';
import { lampDetail, lampFront, lanternDetail, lanternFront } from './objects/lamps.ts';
import { napkinsDetail, napkinsFront } from './objects/napkins.ts';
import { panDetail, panFront } from './objects/pans.ts';
import { notebookDetail, notebookFront } from './objects/paper.ts';
import { pencilsDetail, pencilsFront } from './objects/pencils.ts';
import { potDetail, potFront, vaseFront } from './objects/plants.ts';
import { soapDetail, soapFront } from './objects/soap.ts';
import { throwDetail, throwFront } from './objects/throws.ts';
import { towelsDetail, towelsFront } from './objects/towels.ts';
import { trayDetail, trayFront } from './objects/trays.ts';
import { vaseDetail } from './objects/vases.ts';
import type { Shot } from './studio/stage.ts';

type Views = { readonly front: () => Shot; readonly detail: () => Shot };

/** Two pictures of every product, by slug. */
export const shots: Record<string, Views> = {
  'stoneware-mug': { front: mugFront, detail: mugDetail },
  'serving-bowl': { front: bowlFront, detail: bowlDetail },
  'dinner-plates': { front: platesFront, detail: platesDetail },
  teapot: { front: teapotFront, detail: teapotDetail },
  'glass-carafe': { front: carafeFront, detail: carafeDetail },
  tumblers: { front: tumblersFront, detail: tumblersDetail },
  'cutting-board': { front: boardFront, detail: boardDetail },
  'chefs-knife': { front: knifeFront, detail: knifeDetail },
  'cast-iron-pan': { front: panFront, detail: panDetail },
  'pepper-mill': { front: millFront, detail: millDetail },
  'utensil-crock': { front: crockFront, detail: crockDetail },
  'wool-throw': { front: throwFront, detail: throwDetail },
  'linen-cushion': { front: cushionFront, detail: cushionDetail },
  apron: { front: apronFront, detail: apronDetail },
  'linen-napkins': { front: napkinsFront, detail: napkinsDetail },
  'linen-bedding': { front: beddingFront, detail: beddingDetail },
  'hand-wash': { front: handWashFront, detail: handWashDetail },
  'olive-soap': { front: soapFront, detail: soapDetail },
  'bath-brush': { front: brushFront, detail: brushDetail },
  'bath-salts': { front: saltsFront, detail: saltsDetail },
  'bath-towels': { front: towelsFront, detail: towelsDetail },
  'scented-candle': { front: candleFront, detail: candleDetail },
  'table-lamp': { front: lampFront, detail: lampDetail },
  lantern: { front: lanternFront, detail: lanternDetail },
  'reed-diffuser': { front: diffuserFront, detail: diffuserDetail },
  'taper-candles': { front: tapersFront, detail: tapersDetail },
  notebook: { front: notebookFront, detail: notebookDetail },
  'cedar-pencils': { front: pencilsFront, detail: pencilsDetail },
  'desk-tray': { front: trayFront, detail: trayDetail },
  'table-clock': { front: clockFront, detail: clockDetail },
  'bud-vase': { front: vaseFront, detail: vaseDetail },
  'plant-pot': { front: potFront, detail: potDetail },
  'woven-basket': { front: basketFront, detail: basketDetail },
};
