package dev.followspot.spi;

/**
 * Tells whether the caller has lost interest. Implementations are safe for use by several threads.
 *
 * @see CancellationSource
 */
public interface Cancellation {

  /** Never cancelled. */
  Cancellation NEVER =
      new Cancellation() {
        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        public Registration onCancel(Runnable action) {
          return () -> {};
        }

        @Override
        public String toString() {
          return "never cancelled";
        }
      };

  /**
   * Whether the caller has cancelled.
   *
   * @return true once cancelled, for ever
   */
  boolean isCancelled();

  /**
   * Runs an action once when the caller cancels: at once, in this thread, if that has happened
   * already, else in the thread that cancels. The action has to be short, must not block, and must
   * not throw.
   *
   * @param action what to do
   * @return takes the action back; close it as soon as the work is done, or the action is kept as
   *     long as the cancellation itself
   */
  Registration onCancel(Runnable action);

  /** Takes an action back that waits for a cancellation. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    /** Takes the action back; does nothing if it has run or was taken back already. */
    @Override
    void close();
  }
}
