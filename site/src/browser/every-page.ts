/** What every page's header needs. */
import { ThemeToggle } from './page/theme-toggle.ts';

customElements.define('camp-theme-toggle', ThemeToggle);
