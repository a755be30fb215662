package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierFactory;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ServiceLocator;
import dev.followspot.spi.ServiceLocatorFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the extensions that configuration chooses by name, and those that they ask for. */
final class NamedExtensions {

  private final Selection selection;
  private final Creation creation;
  private final Map<String, AuthStrategy> strategies = new HashMap<>();

  NamedExtensions(Selection selection, Creation creation) {
    this.selection = selection;
    this.creation = creation;
  }

  /** Puts the place in the configuration to a mistake. */
  private interface Mistake {
    ConfigurationException of(String message);
  }

  ClusterSupplier clusterSupplier(String type, ConfigSection section) {
    return clusterSupplier(type, section, List.of());
  }

  private ClusterSupplier clusterSupplier(String type, ConfigSection section, List<String> askers) {
    Candidate candidate = find(ExtensionPoint.CLUSTERS, type, askers, inType(section));
    Function<String, ClusterSupplier> delegates =
        name -> clusterSupplier(name, section, with(askers, type));
    ClusterSupplier made =
        create(
            candidate,
            () ->
                ((ClusterSupplierFactory) candidate.factory())
                    .create(new Contexts.OfClusters(creation.shared(), section, delegates)),
            inType(section));
    // Those that come with the engine keep the problems that they report beside their clusters.
    return candidate.origin() == Origin.BUILT_IN
        ? made
        : new GuardedClusterSupplier(made, Guard.of(candidate.label()));
  }

  ServiceLocator serviceLocator(String type, ConfigSection section) {
    return serviceLocator(type, section, List.of());
  }

  private ServiceLocator serviceLocator(String type, ConfigSection section, List<String> askers) {
    Candidate candidate = find(ExtensionPoint.LOCATOR, type, askers, inType(section));
    Function<String, ServiceLocator> delegates =
        name -> serviceLocator(name, section, with(askers, type));
    ServiceLocator made =
        create(
            candidate,
            () ->
                ((ServiceLocatorFactory) candidate.factory())
                    .create(new Contexts.OfLocator(creation.shared(), section, delegates)),
            inType(section));
    return new GuardedLocator(made, Guard.of(candidate.label()));
  }

  /** The strategy with a name, always the same. */
  AuthStrategy authStrategy(String name) {
    synchronized (strategies) {
      AuthStrategy known = strategies.get(name);
      if (known == null) {
        known = authStrategy(name, null, List.of());
        strategies.put(name, known);
      }
      return known;
    }
  }

  /**
   * Creates a strategy.
   *
   * @param askersConfig the configuration of the one that asks for it; null for its own
   */
  private AuthStrategy authStrategy(
      String name, @Nullable ConfigSection askersConfig, List<String> askers) {
    Mistake mistake = message -> new ConfigurationException("", "", message);
    Candidate candidate = find(ExtensionPoint.AUTH, name, askers, mistake);
    ConfigSection config = askersConfig == null ? creation.config(candidate) : askersConfig;
    Function<String, AuthStrategy> delegates =
        other -> authStrategy(other, config, with(askers, name));
    AuthStrategy made =
        create(
            candidate,
            () ->
                ((AuthStrategyFactory) candidate.factory())
                    .create(new Contexts.OfAuth(creation.shared(), config, delegates)),
            mistake);
    return new GuardedAuthStrategy(made, Guard.ofSecretive(candidate.label()));
  }

  private Candidate find(ExtensionPoint point, String name, List<String> askers, Mistake mistake) {
    if (askers.contains(name)) {
      String circle = String.join("' asks for '", with(askers, name));
      throw mistake.of(
          "the "
              + point.displayName()
              + " '"
              + circle
              + "': a circle; exclude one of them with followspot.extensions.exclude."
              + point.key());
    }
    Candidate candidate = selection.chosen(point).get(name);
    if (candidate == null) {
      String asker =
          askers.isEmpty()
              ? ""
              : ", which the "
                  + point.displayName()
                  + " '"
                  + askers.get(askers.size() - 1)
                  + "' asks for";
      throw mistake.of(selection.unknown(point, name) + asker);
    }
    return candidate;
  }

  private <T> T create(
      Candidate candidate, Supplier<? extends @Nullable T> factory, Mistake mistake) {
    try {
      T made = creation.create(candidate, factory);
      creation.created().add(candidate, made, "");
      return made;
    } catch (Door.Refused e) {
      throw mistake.of("cannot be created: " + e.issue());
    }
  }

  private static Mistake inType(ConfigSection section) {
    return message -> section.problem("type", message);
  }

  private static List<String> with(List<String> askers, String name) {
    List<String> all = new ArrayList<>(askers);
    all.add(name);
    return List.copyOf(all);
  }
}
