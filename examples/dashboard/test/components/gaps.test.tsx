import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import { fakeBackend } from '../backend';
import { renderApp } from '../renderApp';

const gaps = () => screen.findByRole('region', { name: /Not everything could be read/ });

describe('what could not be read', () => {
  it('is one line for 300 lists with one reason, with the cure', async () => {
    const cells = Array.from({ length: 300 }, (_, index) =>
      make.forbidden('prod', `team-${index}`, '', 'pods'),
    );
    fakeBackend({ lookup: make.answer([], cells) });
    renderApp();
    const section = await gaps();
    expect(within(section).getAllByRole('listitem')).toHaveLength(1);
    expect(section).toHaveTextContent('1 type in 300 namespaces');
    expect(section).toHaveTextContent('A Role and a RoleBinding give the right');
    expect(screen.getByRole('region', { name: 'Summary' })).toHaveTextContent(
      'No running pods in what could be read',
    );
    expect(screen.queryByText('no problems')).not.toBeInTheDocument();
  });

  it('comes with the Role and RoleBinding that give it', async () => {
    fakeBackend({ lookup: make.answer([], [make.forbidden('prod', 'shop', 'batch', 'jobs')]) });
    const { user } = renderApp();
    await user.click(within(await gaps()).getByRole('button', { name: /FORBIDDEN.*prod/ }));
    const yaml = screen.getByLabelText('YAML of the rights');
    expect(yaml).toHaveTextContent('kind: RoleBinding');
    expect(yaml).toHaveTextContent('name: backstage-sa namespace: backstage-ns');
    expect(
      screen.getByText('It binds service account backstage-sa in namespace backstage-ns.'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Copy YAML' }));
    expect(await navigator.clipboard.readText()).toBe(yaml.textContent);
    expect(screen.getByText('Copied')).toBeVisible();
  });

  it('names whom the rights are for so that nothing is hidden', async () => {
    const cell = make.forbidden('prod', 'shop', '', 'pods');
    const message = cell.message.replace(/User "[^"]+"/, 'User "jane\u202eenoyna"');
    fakeBackend({ lookup: make.answer([], [{ ...cell, message }]) });
    const { user } = renderApp();
    await user.click(within(await gaps()).getByRole('button', { name: /FORBIDDEN.*prod/ }));
    expect(screen.getByText('It binds user jane⟨U+202E⟩enoyna.')).toBeVisible();
    expect(screen.getByLabelText('YAML of the rights')).not.toHaveTextContent('\u202e');
  });

  it('asks for a token where there is no credential', async () => {
    const cell = make.cell({
      cluster: 'partner',
      plural: 'pods',
      status: 'CREDENTIAL',
      message: 'auth.oidc.okta is missing',
    });
    const backend = fakeBackend({
      clusters: [{ name: 'partner', authProvider: 'oidc', oidcTokenProvider: 'okta' }],
      lookup: make.answer([], [cell]),
    });
    const { user } = renderApp();
    await user.click(within(await gaps()).getByRole('button', { name: 'Give a token' }));
    const dialog = screen.getByRole('dialog', { name: 'Tokens' });
    await user.type(within(dialog).getByLabelText('Token for OIDC (okta)'), 'my-token');
    await user.click(within(dialog).getByRole('button', { name: 'Save the OIDC (okta) token' }));
    await expect
      .poll(() => backend.asked.at(-1)?.body ?? '')
      .toContain('"oidc":{"okta":"my-token"}');
  });

  it('is told for problems of the look-up, too', async () => {
    const answer = make.answer([]);
    answer.matrix.problems = [
      { severity: 'ERROR', source: 'clusters.config', message: 'the file is gone' },
    ];
    fakeBackend({ lookup: answer });
    renderApp();
    expect(await gaps()).toHaveTextContent(
      'clusters.config the file is gone'.replace(' the', 'the'),
    );
  });

  it('is no cause for alarm if a cluster does not serve a type', async () => {
    const cell = make.cell({
      cluster: 'prod',
      plural: 'rollouts',
      group: 'argoproj.io',
      status: 'NOT_SERVED',
    });
    fakeBackend({ lookup: make.answer([], [cell]) });
    renderApp();
    expect(await screen.findByRole('region', { name: 'About this look-up' })).toHaveTextContent(
      'rollouts.argoproj.io',
    );
  });
});

describe('a credential of the backend that is refused', () => {
  it('is nothing that a token of the user helps with', async () => {
    const cell = make.cell({
      cluster: 'prod',
      plural: 'pods',
      status: 'UNAUTHORIZED',
      message: 'Unauthorized',
    });
    fakeBackend({ lookup: make.answer([], [cell]) });
    renderApp();
    expect(await gaps()).toHaveTextContent('Renew the token');
    expect(screen.queryByRole('button', { name: 'Give a token' })).not.toBeInTheDocument();
  });
});
