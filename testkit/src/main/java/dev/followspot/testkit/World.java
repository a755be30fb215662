package dev.followspot.testkit;

import dev.followspot.spi.KubernetesObject;
import dev.followspot.testkit.Account.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What there is in the mock cluster. Safe for use by several threads. */
final class World {

  private final Set<String> namespaces = new LinkedHashSet<>();
  private final List<ServedType> types = new ArrayList<>(BuiltInTypes.ALL);
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<String, TreeMap<String, KubernetesObject>> objects = new LinkedHashMap<>();
  private long resourceVersion = 1000;
  private int accountsMade;

  World() {}

  /** A copy that does not change with this one. */
  synchronized World copy() {
    World copy = new World();
    copy.takeFrom(this);
    return copy;
  }

  /** Becomes like another one that nobody else changes meanwhile; versions only ever grow. */
  synchronized void takeFrom(World other) {
    namespaces.clear();
    namespaces.addAll(other.namespaces);
    types.clear();
    types.addAll(other.types);
    accounts.clear();
    accounts.putAll(other.accounts);
    objects.clear();
    other.objects.forEach((type, all) -> objects.put(type, new TreeMap<>(all)));
    resourceVersion = Math.max(resourceVersion, other.resourceVersion);
    accountsMade = other.accountsMade;
  }

  synchronized void addNamespace(String name) {
    if (namespaces.add(name)) {
      put(
          BuiltInTypes.NAMESPACES,
          null,
          KubernetesObject.of(
              JsonText.object(
                  "kind",
                  "Namespace",
                  "apiVersion",
                  "v1",
                  "metadata",
                  JsonText.object(
                      "name", name, "labels", Map.of("kubernetes.io/metadata.name", name)),
                  "status",
                  Map.of("phase", "Active"))));
    }
  }

  /** Refuses a namespace that nobody declared: it would be a misspelling. */
  synchronized void checkNamespace(String name) {
    if (!namespaces.contains(name)) {
      throw new IllegalArgumentException(
          "there is no namespace '"
              + name
              + "' in the mock; it has "
              + namespaces
              + ", and namespaces(\""
              + name
              + "\") adds it");
    }
  }

  /** Adds a type, or the versions of one that there is. */
  synchronized void addType(ServedType type) {
    ServedType merged = type;
    for (ServedType each : types) {
      if (each.qualifiedName().equals(type.qualifiedName())) {
        merged = each.withVersions(type.versions());
      }
    }
    String name = type.qualifiedName();
    types.removeIf(each -> each.qualifiedName().equals(name));
    types.add(merged);
  }

  synchronized List<ServedType> types() {
    return List.copyOf(types);
  }

  synchronized @Nullable ServedType type(String group, String version, String plural) {
    return types.stream()
        .filter(t -> t.group().equals(group) && t.plural().equals(plural))
        .filter(t -> t.versions().contains(version))
        .findFirst()
        .orElse(null);
  }

  /** The type that a test means by its plural, with or without its group. */
  synchronized ServedType typeCalled(String name) {
    return types.stream()
        .filter(type -> type.qualifiedName().equals(name))
        .findFirst()
        .or(() -> types.stream().filter(type -> type.isCalled(name)).findFirst())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the mock does not serve '"
                        + name
                        + "'; it serves "
                        + types.stream().map(ServedType::qualifiedName).sorted().toList()
                        + ", and crd(group, version, plural, kind) adds one"));
  }

  synchronized void account(String token, String user) {
    accounts.compute(
        token, (t, old) -> old == null ? new Account(user, List.of()) : old.withUser(user));
  }

  synchronized void allow(String token, @Nullable String namespace, String... typeNames) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("the token is blank");
    }
    if (namespace != null) {
      checkNamespace(namespace);
    }
    Set<String> allowed = new LinkedHashSet<>();
    for (String name : typeNames) {
      // A role may well name a type that the cluster does not serve.
      allowed.add(name.indexOf('.') >= 0 ? name : typeCalled(name).qualifiedName());
    }
    Account account = accounts.get(token);
    if (account == null) {
      account = new Account("system:serviceaccount:default:account-" + ++accountsMade, List.of());
    }
    accounts.put(token, account.with(new Grant(namespace, allowed)));
  }

  synchronized void revoke(String token, @Nullable String namespace) {
    accounts.computeIfPresent(token, (t, account) -> account.withoutGrantsIn(namespace));
  }

  synchronized void forget(String token) {
    accounts.remove(token);
  }

  synchronized @Nullable Account account(String token) {
    return accounts.get(token);
  }

  /** Adds an object, or replaces the one of its name. */
  synchronized void add(@Nullable String namespace, KubernetesObject object) {
    String apiVersion = object.apiVersion();
    String kind = object.kind();
    ServedType type =
        types.stream()
            .filter(t -> t.kind().equals(kind))
            .filter(t -> apiVersion == null || isOf(t, apiVersion))
            .findFirst()
            .orElseThrow(() -> unknown(apiVersion, kind));
    if (object.name().isEmpty()) {
      throw new IllegalArgumentException("a " + kind + " has no metadata.name");
    }
    if (type.equals(BuiltInTypes.NAMESPACES)) {
      addNamespace(object.name());
    }
    put(type, type.namespaced() ? namespaceOf(object, namespace) : null, object);
  }

  private static boolean isOf(ServedType type, String apiVersion) {
    return type.versions().stream().anyMatch(v -> type.groupVersion(v).equals(apiVersion));
  }

  private IllegalArgumentException unknown(@Nullable String apiVersion, @Nullable String kind) {
    List<String> known =
        types.stream()
            .filter(type -> type.kind().equals(kind))
            .flatMap(type -> type.versions().stream().map(type::groupVersion))
            .toList();
    return new IllegalArgumentException(
        "the mock does not serve kind '%s' of apiVersion '%s'; ".formatted(kind, apiVersion)
            + (known.isEmpty()
                ? "crd(group, version, plural, kind) makes it known"
                : "it serves that kind in " + known));
  }

  private String namespaceOf(KubernetesObject object, @Nullable String wanted) {
    String own = object.namespace();
    if (wanted != null && own != null && !own.equals(wanted)) {
      throw new IllegalArgumentException(
          "%s '%s' says that it is in namespace '%s', and is added to '%s'"
              .formatted(object.kind(), object.name(), own, wanted));
    }
    String namespace = wanted != null ? wanted : own != null ? own : "default";
    checkNamespace(namespace);
    return namespace;
  }

  private void put(ServedType type, @Nullable String namespace, KubernetesObject object) {
    TreeMap<String, KubernetesObject> all =
        objects.computeIfAbsent(type.qualifiedName(), name -> new TreeMap<>());
    String key = key(namespace, object.name());
    KubernetesObject old = all.get(key);
    resourceVersion++;
    KubernetesObject stored =
        namespace == null ? object : object.withField(namespace, "metadata", "namespace");
    if (object.uid() == null) {
      String uid = old != null ? old.uid() : uid(type.qualifiedName() + "/" + key);
      stored = stored.withField(uid, "metadata", "uid");
    }
    if (object.text("metadata", "creationTimestamp").isEmpty()) {
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      stored = stored.withField(now, "metadata", "creationTimestamp");
    }
    stored = stored.withField(Long.toString(resourceVersion), "metadata", "resourceVersion");
    all.put(key, stored);
  }

  /** The same in every run, so that tests may compare whole answers. */
  private static String uid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String key(@Nullable String namespace, String name) {
    // '/' sorts before every character of a name, as in etcd.
    return (namespace == null ? "" : namespace + "/") + name;
  }

  synchronized boolean remove(ServedType type, @Nullable String namespace, String name) {
    resourceVersion++;
    TreeMap<String, KubernetesObject> all = objects.get(type.qualifiedName());
    return all != null && all.remove(key(namespace, name)) != null;
  }

  synchronized void removeAll(String namespace) {
    resourceVersion++;
    objects.values().forEach(all -> all.values().removeIf(o -> namespace.equals(o.namespace())));
  }

  synchronized @Nullable KubernetesObject object(
      ServedType type, @Nullable String namespace, String name) {
    TreeMap<String, KubernetesObject> all = objects.get(type.qualifiedName());
    return all == null ? null : all.get(key(namespace, name));
  }

  /** The objects of a type in the order of the API server: by namespace, then by name. */
  synchronized List<KubernetesObject> objects(ServedType type, @Nullable String namespace) {
    TreeMap<String, KubernetesObject> all = objects.get(type.qualifiedName());
    Collection<KubernetesObject> values = all == null ? List.of() : all.values();
    return values.stream()
        .filter(object -> namespace == null || namespace.equals(object.namespace()))
        .toList();
  }

  synchronized String resourceVersion() {
    return Long.toString(resourceVersion);
  }
}
