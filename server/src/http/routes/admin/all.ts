import type { App } from '../../../app/ports.ts';
import type { Server } from '../../types.ts';
import { adminActionRoutes } from './actions.ts';
import { adminApprovalRoutes } from './approvals.ts';
import { adminBreakRoutes } from './breaks.ts';
import { adminCatalogueFileRoutes } from './catalogue-files.ts';
import { adminDeskRoutes, adminDocumentRoutes, adminLiveRoutes } from './desk.ts';
import { adminDiscountRoutes } from './discounts.ts';
import { adminEffectRoutes } from './effects.ts';
import { adminEventRoutes } from './events.ts';
import { adminLedgerRoutes } from './ledger.ts';
import { adminOperatorRoutes } from './operators.ts';
import { adminOrderListRoutes } from './order-list.ts';
import { adminOrderRoutes } from './orders.ts';
import { adminPictureRoutes } from './pictures.ts';
import { adminProductRoutes } from './products.ts';
import { adminReconcileRoutes } from './reconcile.ts';
import { adminTransferRoutes } from './transfers.ts';

/** Everything behind the operators' door. */
export function adminRoutes(door: Server, app: App): void {
  adminOperatorRoutes(door, app);
  adminApprovalRoutes(door, app);
  adminOrderListRoutes(door, app);
  adminOrderRoutes(door, app);
  adminDeskRoutes(door, app);
  adminDocumentRoutes(door, app);
  adminLiveRoutes(door, app);
  adminBreakRoutes(door, app);
  adminEventRoutes(door, app);
  adminEffectRoutes(door, app);
  adminLedgerRoutes(door, app);
  adminActionRoutes(door, app);
  adminTransferRoutes(door, app);
  adminReconcileRoutes(door, app);
  adminProductRoutes(door, app);
  adminPictureRoutes(door, app);
  adminDiscountRoutes(door, app);
  adminCatalogueFileRoutes(door, app);
}
