package dev.followspot.core.catalog;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.EntityRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The relations that the entities of a catalog have because of what their specs say, in both
 * directions, as Backstage's catalog derives them.
 */
final class Relations {

  /**
   * What one field of a spec means.
   *
   * @param kinds the kinds that have it, in lower case; empty for every kind
   * @param defaultKind the kind of a reference that names none; null if it has to name one
   */
  private record Rule(
      Set<String> kinds, String key, @Nullable String defaultKind, String forth, String back) {}

  private static final String COMPONENT = "component";
  private static final String API = "api";
  private static final String RESOURCE = "resource";
  private static final String SYSTEM = "system";
  private static final String DOMAIN = "domain";
  private static final String GROUP = "group";
  private static final String USER = "user";

  private static final String PART_OF = "partOf";
  private static final String HAS_PART = "hasPart";
  private static final String DEPENDENCY_OF = "dependencyOf";
  private static final String MEMBER_OF = "memberOf";
  private static final String HAS_MEMBER = "hasMember";
  private static final String CHILD_OF = "childOf";
  private static final String PARENT_OF = "parentOf";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              Set.of(COMPONENT, API, RESOURCE, SYSTEM, DOMAIN, "template"),
              "owner",
              GROUP,
              "ownedBy",
              "ownerOf"),
          new Rule(Set.of(COMPONENT), "subcomponentOf", COMPONENT, PART_OF, HAS_PART),
          new Rule(Set.of(COMPONENT), "providesApis", API, "providesApi", "apiProvidedBy"),
          new Rule(Set.of(COMPONENT), "consumesApis", API, "consumesApi", "apiConsumedBy"),
          new Rule(Set.of(), "dependsOn", null, EntityRelation.DEPENDS_ON, DEPENDENCY_OF),
          new Rule(
              Set.of(COMPONENT, RESOURCE),
              "dependencyOf",
              null,
              DEPENDENCY_OF,
              EntityRelation.DEPENDS_ON),
          new Rule(Set.of(COMPONENT, API, RESOURCE), "system", SYSTEM, PART_OF, HAS_PART),
          new Rule(Set.of(SYSTEM), "domain", DOMAIN, PART_OF, HAS_PART),
          new Rule(Set.of(DOMAIN), "subdomainOf", DOMAIN, PART_OF, HAS_PART),
          new Rule(Set.of(USER), "memberOf", GROUP, MEMBER_OF, HAS_MEMBER),
          new Rule(Set.of(GROUP), "parent", GROUP, CHILD_OF, PARENT_OF),
          new Rule(Set.of(GROUP), "children", GROUP, PARENT_OF, CHILD_OF),
          new Rule(Set.of(GROUP), "members", USER, HAS_MEMBER, MEMBER_OF));

  private static final Map<String, String> OPPOSITES = opposites();

  private final Map<EntityRef, Set<EntityRelation>> relations = new LinkedHashMap<>();
  private final BiConsumer<Entity, String> problems;

  private Relations(BiConsumer<Entity, String> problems) {
    this.problems = problems;
  }

  private static Map<String, String> opposites() {
    Map<String, String> opposites = new LinkedHashMap<>();
    for (Rule rule : RULES) {
      opposites.put(rule.forth, rule.back);
      opposites.put(rule.back, rule.forth);
    }
    return Map.copyOf(opposites);
  }

  /**
   * Gives entities the relations that they have to each other and to others.
   *
   * @param entities the entities, each reference once
   * @param problems is told of each field that holds no reference
   * @return the entities in the same order; first come the relations that an entity had, then those
   *     of its spec, then those that others have to it
   */
  static List<Entity> derive(List<Entity> entities, BiConsumer<Entity, String> problems) {
    Relations all = new Relations(problems);
    entities.forEach(all::forth);
    entities.forEach(all::back);
    return entities.stream().map(all::related).toList();
  }

  private void forth(Entity entity) {
    Set<EntityRelation> own = new LinkedHashSet<>(entity.relations());
    relations.put(entity.ref(), own);
    for (Rule rule : RULES) {
      if (rule.kinds.isEmpty() || rule.kinds.contains(entity.ref().kind())) {
        Object value = entity.spec().get(rule.key);
        if (value instanceof List<?> list) {
          for (int i = 0; i < list.size(); i++) {
            add(own, entity, rule, list.get(i), "[" + i + "]");
          }
        } else if (value != null && !value.equals("")) {
          add(own, entity, rule, value, "");
        }
      }
    }
  }

  private void add(
      Set<EntityRelation> own, Entity entity, Rule rule, @Nullable Object value, String index) {
    String place = "spec." + rule.key + index;
    if (!(value instanceof String text)) {
      problems.accept(
          entity, place + " is " + Shown.kind(value) + "; wanted a reference as a text");
      return;
    }
    try {
      EntityRef target = EntityRef.parse(text, rule.defaultKind, entity.ref().namespace());
      own.add(new EntityRelation(rule.forth, target));
    } catch (IllegalArgumentException e) {
      problems.accept(
          entity,
          place
              + " is "
              + Shortened.quoted(text)
              + "; wanted kind:namespace/name"
              + (rule.defaultKind == null ? " or kind:name" : ", kind:name or a name"));
    }
  }

  private void back(Entity entity) {
    // A copy, since an entity may have a relation to itself.
    for (EntityRelation relation : List.copyOf(relations.getOrDefault(entity.ref(), Set.of()))) {
      String opposite = OPPOSITES.get(relation.type());
      Set<EntityRelation> others = relations.get(relation.target());
      if (opposite != null && others != null) {
        others.add(new EntityRelation(opposite, entity.ref()));
      }
    }
  }

  private Entity related(Entity entity) {
    List<EntityRelation> all = new ArrayList<>(relations.getOrDefault(entity.ref(), Set.of()));
    return all.equals(entity.relations()) ? entity : entity.withRelations(all);
  }
}
