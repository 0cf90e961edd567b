import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { SignedIn } from '#modules/access/web'
import { useLive, usePreference } from '#platform/web'
import { ConnectionBar } from './connection-bar.tsx'
import { NavRail } from './nav-rail.tsx'
import classes from './shell.module.css'
import { Strip } from './strip.tsx'
import { usePaletteKey } from './use-palette-key.ts'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(loadPalette)

const PALETTE_AFTER_MS = 2000

/** The frame of everything behind the sign-in: navigation, the page, the strip of the own day. */
export function Shell() {
  return (
    <SignedIn>
      <Frame />
    </SignedIn>
  )
}

function Frame() {
  const live = useLive()
  const [density] = usePreference('density', 'comfortable')
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  useEffect(() => {
    live.start()
    return () => live.stop()
  }, [live])
  useEffect(() => {
    // Once the first screen stands: the palette must open with the key, or the next keys would be typed elsewhere.
    const timer = setTimeout(() => void loadPalette(), PALETTE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const toggle = useCallback(() => setPaletteOpen((isOpen) => !isOpen), [])
  const takeKeys = usePaletteKey(isPaletteOpen, toggle)
  return (
    <div className={classes.frame} data-density={density}>
      <NavRail onSearch={() => setPaletteOpen(true)} />
      <div className={classes.body}>
        <ConnectionBar />
        <main className={classes.page}>
          <Outlet />
        </main>
      </div>
      <Strip />
      {isPaletteOpen && (
        <Suspense>
          <Palette takeKeys={takeKeys} onClose={() => setPaletteOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
