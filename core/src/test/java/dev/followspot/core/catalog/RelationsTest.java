package dev.followspot.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Entity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationsTest {

  private final List<String> problems = new ArrayList<>();

  private List<Entity> derive(String... documents) {
    return Relations.derive(
        CatalogInfo.parse("catalog-info.yaml", String.join("", documents)),
        (entity, message) -> problems.add(entity.ref() + ": " + message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Component|owner: b|Group|ownedBy|ownerOf",
        "API|owner: b|Group|ownedBy|ownerOf",
        "Resource|owner: b|Group|ownedBy|ownerOf",
        "System|owner: b|Group|ownedBy|ownerOf",
        "Domain|owner: b|Group|ownedBy|ownerOf",
        "Template|owner: b|Group|ownedBy|ownerOf",
        "Component|owner: 'user:b'|User|ownedBy|ownerOf",
        "Component|subcomponentOf: b|Component|partOf|hasPart",
        "Component|system: b|System|partOf|hasPart",
        "API|system: b|System|partOf|hasPart",
        "Resource|system: b|System|partOf|hasPart",
        "System|domain: b|Domain|partOf|hasPart",
        "Domain|subdomainOf: b|Domain|partOf|hasPart",
        "Component|providesApis: [b]|API|providesApi|apiProvidedBy",
        "Component|consumesApis: [b]|API|consumesApi|apiConsumedBy",
        "Component|consumesApis: b|API|consumesApi|apiConsumedBy",
        "Component|dependsOn: ['resource:b']|Resource|dependsOn|dependencyOf",
        "Component|dependencyOf: ['component:b']|Component|dependencyOf|dependsOn",
        "Resource|dependsOn: ['Resource:B']|Resource|dependsOn|dependencyOf",
        "Resource|dependencyOf: ['component:default/b']|Component|dependencyOf|dependsOn",
        "User|memberOf: [b]|Group|memberOf|hasMember",
        "Group|parent: b|Group|childOf|parentOf",
        "Group|children: [b]|Group|parentOf|childOf",
        "Group|members: [b]|User|hasMember|memberOf"
      })
  void a_field_gives_relations_in_both_directions(
      String kind, String field, String otherKind, String forth, String back) {
    List<Entity> entities =
        derive(Entities.yaml(kind, "a", "{ " + field + " }"), Entities.yaml(otherKind, "b"));

    assertThat(Entities.relations(entities.get(0)))
        .containsExactly(forth + " " + entities.get(1).ref());
    assertThat(Entities.relations(entities.get(1)))
        .containsExactly(back + " " + entities.get(0).ref());
    assertThat(problems).isEmpty();
  }

  @Test
  void a_reference_without_a_namespace_means_that_of_the_entity() {
    String there =
        """
        ---
        apiVersion: v1
        kind: Component
        metadata: { name: a, namespace: team-x }
        spec: { owner: ops, dependsOn: ["resource:db", "resource:default/db"] }
        """;
    List<Entity> entities =
        derive(there, Entities.yaml("Resource", "db"), Entities.yaml("Group", "ops"));
    assertThat(Entities.relations(entities.get(0)))
        .containsExactly(
            "dependsOn resource:team-x/db",
            "dependsOn resource:default/db",
            "ownedBy group:team-x/ops");
    assertThat(Entities.relations(entities.get(1)))
        .containsExactly("dependencyOf component:team-x/a");
    assertThat(entities.get(2).relations()).isEmpty();
  }

  @Test
  void both_sides_may_say_the_same_and_it_counts_once() {
    List<Entity> entities =
        derive(
            Entities.yaml("Group", "g", "{ members: [u] }"),
            Entities.yaml("User", "u", "{ memberOf: [g, G, 'group:default/g'] }"));
    assertThat(Entities.relations(entities.get(0))).containsExactly("hasMember user:default/u");
    assertThat(Entities.relations(entities.get(1))).containsExactly("memberOf group:default/g");
  }

  @Test
  void an_entity_may_depend_on_itself() {
    List<Entity> entities =
        derive(Entities.yaml("Component", "a", "{ dependsOn: ['component:a']}"));
    assertThat(Entities.relations(entities.get(0)))
        .containsExactly("dependsOn component:default/a", "dependencyOf component:default/a");
  }

  @Test
  void fields_that_a_kind_does_not_have_mean_nothing() {
    List<Entity> entities =
        derive(
            Entities.yaml("Thing", "a", "{ owner: b, system: s, parent: { deep: [] } }"),
            Entities.yaml("Group", "b"));
    assertThat(entities).allSatisfy(entity -> assertThat(entity.relations()).isEmpty());
    assertThat(problems).isEmpty();
  }

  @Test
  void what_is_no_reference_is_a_problem_of_its_entity_and_the_rest_counts() {
    List<Entity> entities =
        derive(
            Entities.yaml(
                "Component", "a", "{ owner: 5, system: 'a:b:c', providesApis: [{}, '', x] }"));
    assertThat(Entities.relations(entities.get(0))).containsExactly("providesApi api:default/x");
    assertThat(problems)
        .containsExactly(
            "component:default/a: spec.owner is a number; wanted a reference as a text",
            "component:default/a: spec.providesApis[0] is an object; wanted a reference as a text",
            "component:default/a: spec.providesApis[1] is ''; wanted kind:namespace/name, kind:name"
                + " or a name",
            "component:default/a: spec.system is 'a:b:c'; wanted kind:namespace/name, kind:name or"
                + " a name");
  }

  @Test
  void an_entity_keeps_its_title_and_all_else() {
    Entity entity =
        derive(
                """
                apiVersion: v1
                kind: Component
                metadata: { name: Ab, title: A and b, labels: { l: x }, annotations: { k: y } }
                spec: { owner: team, deep: { list: [1, null] } }
                """)
            .get(0);
    assertThat(entity.title()).isEqualTo("A and b");
    assertThat(entity.name()).isEqualTo("Ab");
    assertThat(entity.labels()).containsEntry("l", "x");
    assertThat(entity.annotations()).containsEntry("k", "y");
    assertThat(entity.spec()).containsKey("deep");
  }
}
