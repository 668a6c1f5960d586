import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';

export default defineConfig({
  base: './',
  publicDir: '../shared/public',
  plugins: [react()],
  // The tests build these sources with React 18 too.
  resolve: {alias: process.env.REACT === '18' ? {react: 'react-18', 'react-dom': 'react-dom-18'} : {}},
});
