/** Keeps what is on the page up to date: the deliveries of events, and the log of requests. */
import { followRequests } from './follow-requests.ts';
import { showDeliveries } from './show-deliveries.ts';

void showDeliveries();
void followRequests();
