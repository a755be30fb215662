package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a connection may be opened to. What is refused is told by its kind and not by its
 * address: who wrote the URL is not to learn from it how the network is made.
 */
final class Reach {

  private static final String CURE =
      "; if that is meant, whoever runs this has to name the host in dangerouslyAllowClusterUrls"
          + " of the catalog cluster locator";

  private Reach() {}

  /** Those of the addresses of the host, or of its proxy, that may be connected to. */
  static List<InetAddress> allowed(Origin origin, List<InetAddress> found) {
    // The proxy is of the configuration: it may be anywhere.
    return origin.publicOnly() && origin.proxy() == null
        ? found.stream().filter(address -> PublicAddresses.reserved(address) == null).toList()
        : found;
  }

  /** Why none of the addresses may be connected to. */
  static Trouble refused(Origin origin, List<InetAddress> found) {
    String kind = found.isEmpty() ? null : PublicAddresses.reserved(found.get(0));
    return new Trouble(
        CellStatus.UNREACHABLE,
        "no connection to "
            + origin.hostAndPort()
            + ": its host has "
            + (kind == null ? "no public address" : kind)
            + ", and only public ones are allowed for this cluster"
            + CURE,
        null);
  }

  /** Why a proxy may not be asked to connect, since it looks names up itself; null if it may. */
  static @Nullable Trouble beyondProxy(Origin origin) {
    if (!origin.publicOnly() || origin.proxy() == null) {
      return null;
    }
    InetAddress literal = PublicAddresses.literal(origin.host());
    if (literal == null) {
      return new Trouble(
          CellStatus.UNREACHABLE,
          "no connection to "
              + origin.shown()
              + ": only public addresses are allowed for this cluster, and a proxy, which looks"
              + " names up itself, cannot be held to that"
              + CURE
              + ", or write an address into the url",
          null);
    }
    return PublicAddresses.reserved(literal) == null ? null : refused(origin, List.of(literal));
  }
}
