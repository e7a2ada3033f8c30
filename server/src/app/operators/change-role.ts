import { changeRole, findPerson, lockOwners } from '../../db/operators.ts';
import { isOperatorRole, type OperatorRole } from '../../domain/operator.ts';
import { AppError } from '../errors.ts';
import type { App } from '../ports.ts';

/**
 * Gives an operator another role, or, as `customer`, none: from their next call on.
 *
 * @throws AppError operator_not_found, last_owner
 */
export async function changeOperatorRole(
  app: App,
  personId: string,
  role: OperatorRole | 'customer',
): Promise<void> {
  await app.database.transaction(async (tx) => {
    const owners = await lockOwners(tx);
    const person = await findPerson(tx, personId);
    if (!person || !isOperatorRole(person.role)) throw new AppError('operator_not_found');
    if (person.role === 'owner' && role !== 'owner' && owners === 1) throw new AppError('last_owner');
    await changeRole(tx, personId, role);
  });
}
