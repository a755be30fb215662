package dev.followspot.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a token belongs to, and what they may do.
 *
 * @param user the user's name, as it stands in the API server's messages
 * @param grants what was allowed
 */
record Account(String user, List<Grant> grants) {

  static final Account ANONYMOUS = new Account("system:anonymous", List.of());

  Account {
    grants = List.copyOf(grants);
  }

  Account withUser(String name) {
    return new Account(name, grants);
  }

  Account with(Grant grant) {
    List<Grant> more = new ArrayList<>(grants);
    more.add(grant);
    return new Account(user, more);
  }

  Account withoutGrantsIn(@Nullable String namespace) {
    return new Account(
        user,
        grants.stream()
            .filter(
                grant ->
                    namespace == null
                        ? grant.namespace != null
                        : !namespace.equals(grant.namespace))
            .toList());
  }

  boolean mayRead(@Nullable String namespace, String qualifiedName) {
    return grants.stream().anyMatch(grant -> grant.covers(namespace, qualifiedName));
  }

  boolean isAnonymous() {
    return user.equals(ANONYMOUS.user);
  }

  boolean mayDoEverything() {
    return grants.stream().anyMatch(grant -> grant.namespace == null && grant.types.isEmpty());
  }

  /**
   * Reading some types.
   *
   * @param namespace where; null for everywhere
   * @param types their qualified names; none for all
   */
  record Grant(@Nullable String namespace, Set<String> types) {
    Grant {
      types = Set.copyOf(types);
    }

    private boolean covers(@Nullable String where, String qualifiedName) {
      return (namespace == null || namespace.equals(where))
          && (types.isEmpty() || types.contains(qualifiedName));
    }
  }
}
