package dev.followspot.core.cluster;

import dev.followspot.core.http.PublicAddresses;
import dev.followspot.core.text.Shortened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The hosts that {@code dangerouslyAllowClusterUrls} names. */
final class AllowedHosts {

  static final String KEY = "dangerouslyAllowClusterUrls";
  private static final String BELOW = "*.";

  private final Set<String> hosts = new HashSet<>();
  private final List<String> suffixes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  AllowedHosts(List<String> written) {
    for (String text : written) {
      boolean below = text.startsWith(BELOW);
      try {
        String host = ApiServerUrl.host(below ? text.substring(BELOW.length()) : text.strip());
        if (below) {
          suffixes.add("." + host);
        } else {
          hosts.add(host);
        }
      } catch (ApiServerUrl.Refused e) {
        problems.add(
            KEY
                + " has "
                + Shortened.quoted(text)
                + ", which allows nothing; name a host without scheme, port and path, as in"
                + " api.example.com or *.example.com");
      }
    }
  }

  /** Whether a host, in its one form, may have private addresses and be asked over HTTP. */
  boolean allows(String host) {
    return hosts.contains(host)
        || (PublicAddresses.literal(host) == null && suffixes.stream().anyMatch(host::endsWith));
  }

  /** What is wrong with the entries, as sentences. */
  List<String> problems() {
    return problems;
  }
}
