import { ActionIcon, Group, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState, ForbiddenState, LoadingState, settingsGroups, useSlot } from '#platform/web'
import { useMe } from '../access-api.ts'
import classes from './settings-page.module.css'

/** Settings of every module: a menu at the left, the page beside it. On a narrow screen the menu comes first. */
export default function Settings() {
  const { t } = useTranslation()
  const { page: id } = useParams({ strict: false }) as { page?: string }
  const { permissions } = useMe()
  const all = useSlot('settingsPages')
  const pages = all.filter(({ permission }) => !permission || permissions.includes(permission))
  // Beside the menu stands the first page; where the menu has the screen to itself, the style hides it.
  const current = id === undefined ? pages[0] : pages.find((page) => page.id === id)
  const content = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    content.current?.scrollTo({ top: 0 })
  }, [id])
  return (
    <div className={classes.area} data-step={id === undefined ? 'menu' : 'page'}>
      <nav className={classes.menu} aria-label={t('access.settings.title')}>
        <h1 className={classes.title}>{t('access.settings.title')}</h1>
        {settingsGroups.map((group) => {
          const inGroup = pages.filter((page) => page.group === group)
          return (
            inGroup.length > 0 && (
              <section key={group}>
                <h2 className={classes.heading}>{t(`access.settings.groups.${group}`)}</h2>
                {inGroup.map((page) => (
                  <Link
                    key={page.id}
                    to={`/settings/${page.id}`}
                    className={classes.link ?? ''}
                    data-chosen={page === current}
                  >
                    <page.icon size={18} />
                    {t(page.title)}
                  </Link>
                ))}
              </section>
            )
          )
        })}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page of nothing but text must still scroll by keyboard */}
      <div className={classes.content} ref={content} tabIndex={0}>
        <Group className={classes.back ?? ''} gap="xs">
          <ActionIcon component={Link} to="/settings" aria-label={t('access.settings.toMenu')}>
            <IconArrowLeft size={18} />
          </ActionIcon>
          <Text fw={600}>{t('access.settings.title')}</Text>
        </Group>
        {current ? (
          <Suspense fallback={<LoadingState />}>
            <current.component key={current.id} />
          </Suspense>
        ) : (
          id !== undefined &&
          (all.some((page) => page.id === id) ? (
            <ForbiddenState />
          ) : (
            <EmptyState title={t('access.settings.notFound')} text={t('access.settings.notFoundText')} />
          ))
        )}
      </div>
    </div>
  )
}
