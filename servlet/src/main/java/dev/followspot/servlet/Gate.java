package dev.followspot.servlet;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the threads of a request and the container: a container reuses the objects of a
 * request as soon as it is completed, and no thread may touch them after that.
 *
 * <p>What is done inside must not block and calls nobody but the container. Since a container may
 * call back from within, what is done then can be put off until the gate is left, so that no
 * stranger's code runs inside.
 */
final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> putOff = new ArrayDeque<>();
  private volatile boolean closed;

  // Guarded by the lock.
  private int guests;
  private @Nullable Runnable whenEmpty;

  /** What is done with the container's objects. */
  @FunctionalInterface
  interface Access<T extends @Nullable Object> {
    T call() throws IOException;
  }

  /** Does something with the container's objects, unless the gate is closed: then otherwise. */
  <T extends @Nullable Object> T pass(Access<T> access, T otherwise) throws IOException {
    lock.lock();
    try {
      return closed ? otherwise : access.call();
    } finally {
      leave();
    }
  }

  /**
   * Does something with the container's objects for which a container takes locks of its own, as it
   * does when a listener is set: not inside, since threads that hold such a lock come in, too.
   */
  void visit(Visit visit) throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      guests++;
    } finally {
      leave();
    }
    try {
      visit.call();
    } finally {
      Runnable last = null;
      lock.lock();
      guests--;
      if (guests == 0) {
        last = whenEmpty;
        whenEmpty = null;
      }
      leave();
      if (last != null) {
        last.run();
      }
    }
  }

  /** What is done beside the gate. */
  @FunctionalInterface
  interface Visit {
    void call() throws IOException;
  }

  /** Does something when nobody visits any more; once, and after the gate was closed. */
  void whenEmpty(Runnable action) {
    boolean empty;
    lock.lock();
    empty = guests == 0;
    if (!empty) {
      whenEmpty = action;
    }
    leave();
    if (empty) {
      action.run();
    }
  }

  /** Closes the gate, so that nobody is inside any more. Tells whether it was open. */
  boolean close() {
    lock.lock();
    try {
      boolean open = !closed;
      closed = true;
      return open;
    } finally {
      leave();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Does something at once, or, if this thread is inside, when it has left. */
  void outside(Runnable action) {
    if (lock.isHeldByCurrentThread()) {
      putOff.add(action);
    } else {
      action.run();
    }
  }

  private void leave() {
    Runnable next = null;
    if (lock.getHoldCount() == 1) {
      next = putOff.poll();
    }
    lock.unlock();
    if (next != null) {
      next.run();
      leaveAgain();
    }
  }

  /** For what else was put off. */
  private void leaveAgain() {
    lock.lock();
    leave();
  }
}
