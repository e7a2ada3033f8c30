import { useState } from 'react';
import { SelectField, TextField } from '../../parts/field.tsx';

/** What is said most, in the words that the customer reads. */
const usual = [
  'You asked for your money back.',
  'You were charged twice.',
  'Something arrived damaged or was missing.',
  'We could not deliver it.',
];
const other = 'other';

type ReasonChoiceProps = { reason: string; change(reason: string): void };

/** Why money goes back. It stands in the customer's mail and on the credit note. */
export function ReasonChoice({ reason, change }: ReasonChoiceProps) {
  const [choice, setChoice] = useState('');
  const choose = (next: string) => {
    setChoice(next);
    change(next === other ? '' : next);
  };
  return (
    <>
      <SelectField
        id="refund-choice"
        label="Reason"
        hint="The customer reads it."
        placeholder="Choose one"
        options={[
          ...usual.map((words) => ({ code: words, name: words })),
          { code: other, name: 'Something else' },
        ]}
        value={choice}
        onChange={(event) => choose(event.target.value)}
      />
      {choice === other && (
        <TextField
          id="refund-reason"
          label="In your words"
          maxLength={200}
          autoComplete="off"
          value={reason}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </>
  );
}
