import { Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export const Panel = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper component="section" aria-label={title} p="sm" radius="md" withBorder>
    <Title order={2} size="h5" mb="xs">
      {title}
    </Title>
    {children}
  </Paper>
);
