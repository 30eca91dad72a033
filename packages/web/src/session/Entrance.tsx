import type { ReactNode } from 'react';
import { Logo } from '../ui/Logo.tsx';

/** The frame of every page for somebody who is not signed in. */
export function Entrance({ label, children }: { label: string; children: ReactNode }) {
  return (
    <main className="entrance">
      <section className="entrance-pitch">
        <Logo />
        <h1>Say it. It is on your list.</h1>
        <p>An assistant for tasks and appointments that treats every message as private and every act as evidence.</p>
        <ul className="promises">
          <li>Plain English in, tasks and bookings out</li>
          <li>Each act recorded in a tamper-evident log that you can check yourself</li>
          <li>Messages are judged for attacks before anything understands them</li>
        </ul>
      </section>
      <section className="card entrance-card" aria-label={label}>
        {children}
      </section>
    </main>
  );
}
