import 'tresen/element';
import 'tresen/hint';
import { start } from '../plain.js';

start();
