import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one colour of action: the blue of a river under a bridge. */
const river: MantineColorsTuple = [
  '#edf4fa',
  '#d9e6f2',
  '#b3cde5',
  '#8bb2d8',
  '#689ccc',
  '#508dc4',
  '#3f82bd',
  '#2b6ca3',
  '#1a5687',
  '#0f416b',
];

/** The neutral scale of the dark pages: a little blue, like the light one. */
const dark: MantineColorsTuple = [
  '#e6eaed',
  '#c5cdd4',
  '#a4aeb7',
  '#76828d',
  '#414b55',
  '#2f373f',
  '#252b31',
  '#1b2026',
  '#14181c',
  '#0e1114',
];

const FONTS = "'Be Vietnam Pro', 'Segoe UI', Roboto, Arial, sans-serif";

/** Vietnamese letters carry two marks above each other: lines need more air than a Latin text. */
const LINE = '1.55';

export const theme = createTheme({
  primaryColor: 'river',
  primaryShade: 8,
  colors: { river, dark },
  fontFamily: FONTS,
  headings: {
    fontFamily: FONTS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.4' },
      h2: { fontSize: '1.2rem', lineHeight: '1.4' },
      h3: { fontSize: '1.05rem', lineHeight: '1.45' },
    },
  },
  lineHeights: { xs: '1.5', sm: '1.5', md: LINE, lg: LINE, xl: LINE },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Touch targets of 44 px.
    Button: { defaultProps: { h: 44, size: 'md' } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' }, styles: { input: { textOverflow: 'ellipsis' } } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 2 } },
    Checkbox: {
      defaultProps: { size: 'md' },
      styles: { body: { alignItems: 'center', minHeight: 44 } },
    },
    Switch: { defaultProps: { size: 'md' } },
    Modal: { defaultProps: { centered: true, radius: 'md' } },
    Table: { defaultProps: { verticalSpacing: 'xs', fz: 'md' } },
  },
});

/** One neutral scale in either scheme, with enough contrast for what is said in grey. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2126',
    '--mantine-color-dimmed': '#566068',
    '--mantine-color-error': '#b3121d',
    '--mantine-color-placeholder': '#6a747d',
    '--mantine-color-anchor': '#1a5687',
  },
  dark: {
    '--mantine-color-body': '#14181c',
    '--mantine-color-text': '#e6eaed',
    '--mantine-color-dimmed': '#a4aeb7',
    '--mantine-color-error': '#ff9a9a',
    '--mantine-color-placeholder': '#98a2ab',
    '--mantine-color-anchor': '#8bb2d8',
  },
});
