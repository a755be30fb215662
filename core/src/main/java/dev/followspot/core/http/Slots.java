package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many requests are under way, for each cluster and for all. What waits for one cluster
 * goes in the order in which it came; the clusters take turns.
 *
 * <p>So that clusters that hang cannot starve the others, two rules hold for the bound for all. A
 * cluster gets a slot only while it has fewer than are left: then there is always room for another
 * cluster's first requests. And a request that has been waiting for its answer without a byte for a
 * second lends its slot, since it costs neither memory nor time; it counts again when bytes come.
 */
final class Slots {

  /** After which silence a request counts no longer. */
  static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Something that waits for a slot. */
  interface Waiter {
    /** There is a slot; called without any lock. */
    void granted(Slot slot);

    /** Whether it needs no slot any more. */
    boolean isDone();
  }

  private record Key(String name, URI url) {}

  private static final class Group {
    private final Key key;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int used;

    /** Whether it stands in the line. */
    private boolean ready;

    private Group(Key key) {
      this.key = key;
    }
  }

  /** The right to make one request. */
  static final class Slot {
    private final Group group;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean lent;
    private boolean returned;

    private Slot(Group group) {
      this.group = group;
    }
  }

  private final int most;
  private final int mostPerCluster;
  private final Map<Key, Group> groups = new HashMap<>();

  /** The clusters that requests wait for, the next one first; for some, none waits any more. */
  private final Deque<Group> ready = new ArrayDeque<>();

  private final Set<Slot> held = new LinkedHashSet<>();
  private int used;

  Slots(int most, int mostPerCluster) {
    this.most = most;
    this.mostPerCluster = mostPerCluster;
  }

  void acquire(Cluster cluster, Waiter waiter) {
    List<Runnable> grants;
    synchronized (this) {
      Group group = groups.computeIfAbsent(new Key(cluster.name(), cluster.url()), Group::new);
      group.waiting.add(waiter);
      if (!group.ready) {
        group.ready = true;
        ready.add(group);
      }
      grants = dispatch();
    }
    run(grants);
  }

  void release(Slot slot) {
    List<Runnable> grants;
    synchronized (this) {
      if (slot.returned) {
        return;
      }
      slot.returned = true;
      held.remove(slot);
      slot.group.used--;
      if (!slot.lent) {
        used--;
      }
      removeIfUnused(slot.group);
      grants = dispatch();
    }
    run(grants);
  }

  /** Bytes have come. */
  void heard(Slot slot) {
    slot.heardAt = System.nanoTime();
    if (slot.lent) {
      synchronized (this) {
        if (slot.lent && !slot.returned) {
          slot.lent = false;
          used++;
        }
      }
    }
  }

  /** Takes back what silent requests hold. To be called every now and then. */
  void sweep() {
    List<Runnable> grants;
    synchronized (this) {
      if (ready.isEmpty()) {
        return;
      }
      long now = System.nanoTime();
      for (Slot slot : held) {
        if (!slot.lent && now - slot.heardAt > SILENCE_NANOS) {
          slot.lent = true;
          used--;
        }
      }
      grants = dispatch();
    }
    run(grants);
  }

  /** One that fails must not keep the others from what they were granted. */
  private static void run(List<Runnable> grants) {
    RuntimeException first = null;
    for (Runnable grant : grants) {
      try {
        grant.run();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private List<Runnable> dispatch() {
    List<Runnable> grants = new ArrayList<>(1);
    int refused = 0;
    while (refused < ready.size() && used < most) {
      Group group = ready.remove();
      Waiter waiter = next(group);
      if (waiter == null) {
        group.ready = false;
        removeIfUnused(group);
        continue;
      }
      if (mayTake(group)) {
        group.waiting.remove();
        grants.add(grant(group, waiter));
        refused = 0;
      } else {
        refused++;
      }
      ready.add(group);
    }
    return grants;
  }

  private static @Nullable Waiter next(Group group) {
    Iterator<Waiter> waiting = group.waiting.iterator();
    while (waiting.hasNext()) {
      Waiter waiter = waiting.next();
      if (!waiter.isDone()) {
        return waiter;
      }
      waiting.remove();
    }
    return null;
  }

  private boolean mayTake(Group group) {
    int left = most - used;
    return left > 0 && group.used < mostPerCluster && (group.used == 0 || group.used < left);
  }

  private Runnable grant(Group group, Waiter waiter) {
    Slot slot = new Slot(group);
    group.used++;
    used++;
    held.add(slot);
    return () -> waiter.granted(slot);
  }

  private void removeIfUnused(Group group) {
    if (group.used == 0 && group.waiting.isEmpty()) {
      groups.remove(group.key, group);
    }
  }

  /** How many requests hold a slot. */
  synchronized int inUse() {
    return held.size();
  }
}
