package dev.followspot.examples.backstagebackend;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that end a program. A shutdown hook would do for the first one, but the JVM takes no
 * notice of a second one while hooks run.
 */
final class Signals {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

  private Signals() {}

  /**
   * Runs an action when the program is told to end.
   *
   * @param action gets the number of the signal; runs on a thread of its own for each signal
   */
  static void onEnd(IntConsumer action) {
    try {
      // By reflection, since the compiler warns of a direct use and cannot be told not to.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  Object number = signal.getMethod("getNumber").invoke(arguments[0]);
                  action.accept((Integer) number);
                }
                return null;
              });
      for (String name : ENDING) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
      }
    } catch (ReflectiveOperationException e) {
      LOG.debug("signals cannot be handled; the JVM ends at once", e);
    }
  }
}
