import { Skeleton } from '@mantine/core';

/** The places of the workspace while what stands in them is on its way, so that nothing moves when it comes. */
export const WorkspaceSkeleton = ({ text }: { text: string }) => (
  <div className="workspace">
    <h1 className="announcement" role="status">
      {text}
    </h1>
    <div className="columns" aria-hidden>
      <div className="column">
        <Skeleton height="7rem" mt="3rem" />
        <Skeleton height="6rem" />
      </div>
      <div className="column">
        <Skeleton height="9.5rem" mt="3rem" />
        <Skeleton height="14rem" />
      </div>
      <div className="column">
        <Skeleton height="15rem" mt="3rem" />
        <Skeleton height="8rem" />
      </div>
    </div>
  </div>
);
