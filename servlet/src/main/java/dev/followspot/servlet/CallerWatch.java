package dev.followspot.servlet;

import org.jspecify.annotations.Nullable;

/** Watches the caller of one request, if the container has been given a way to. */
final class CallerWatch {

  private final @Nullable CallerConnection connection;
  private final Runnable onHangUp;
  private CallerConnection.@Nullable Watch watch;
  private boolean started;
  private boolean closed;

  CallerWatch(@Nullable CallerConnection connection, Runnable onHangUp) {
    this.connection = connection;
    this.onHangUp = onHangUp;
  }

  /** Starts to watch; to be called when nothing more is going to be read. */
  void start() {
    CallerConnection given = connection;
    synchronized (this) {
      if (given == null || started || closed) {
        return;
      }
      started = true;
    }
    CallerConnection.Watch begun = given.watch(onHangUp);
    synchronized (this) {
      if (!closed) {
        watch = begun;
        return;
      }
    }
    begun.close();
  }

  /** Ends watching. */
  void close() {
    CallerConnection.Watch ended;
    synchronized (this) {
      closed = true;
      ended = watch;
      watch = null;
    }
    if (ended != null) {
      ended.close();
    }
  }
}
