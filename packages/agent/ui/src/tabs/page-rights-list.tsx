import { everything, type PageRights } from '@cordboard/contract';
import { List } from '@mantine/core';
import { useTexts } from '../workspace/context.ts';

/** What a page may do, in words. */
export const PageRightsList = ({ methods, events, withoutFields, requestsPerSecond }: PageRights) => {
  const texts = useTexts().tabs;
  const named = (list: readonly string[]) => {
    if (list.includes(everything)) return texts.all;
    return list.length === 0 ? texts.nothing : list.join(', ');
  };
  const rows: [label: string, value: string][] = [
    [texts.mayCall, named(methods)],
    [texts.mayHear, named(events)],
    [texts.without, withoutFields.join(', ')],
    [texts.requestsPerSecond, `${requestsPerSecond}`],
  ];
  return (
    <List size="sm" className="fact">
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <List.Item key={label}>{`${label}: ${value}`}</List.Item>
        ))}
    </List>
  );
};
